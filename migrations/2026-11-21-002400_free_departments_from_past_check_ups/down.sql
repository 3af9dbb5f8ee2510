UPDATE invitations SET department_id = NULL WHERE department_id NOT IN (SELECT id FROM departments);
UPDATE assessments SET department_id = NULL WHERE department_id NOT IN (SELECT id FROM departments);
ALTER TABLE invitations
    ADD CONSTRAINT invitations_department_fkey FOREIGN KEY (department_id) REFERENCES departments (id);
ALTER TABLE assessments
    ADD CONSTRAINT assessments_department_fkey FOREIGN KEY (department_id) REFERENCES departments (id);
